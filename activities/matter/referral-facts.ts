import type { ReferralCircumstances } from '../../policy/referral/circumstances.ts';
import type { AttendanceCase, Referral } from '../../prisma/generated/client.ts';
import type { SchoolRow } from '../../prisma/pupil-rows.ts';
import type { pupilCircumstances } from './pupil-circumstances.ts';

/** A referral as it was loaded: its row with the school's case, its school, its pupil, and what the rules look at. */
export type ReferralFacts = {
  row: Referral & { case: AttendanceCase };
  school: SchoolRow;
  pupil: Awaited<ReturnType<typeof pupilCircumstances>>['pupil'];
  circumstances: ReferralCircumstances;
  /** Epoch ms. */
  now: number;
};
