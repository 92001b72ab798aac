import type { Circumstances } from '../../policy/case/circumstances.ts';
import type { AttendanceCase } from '../../prisma/generated/client.ts';
import type { SchoolRow } from '../../prisma/pupil-rows.ts';
import type { pupilCircumstances } from './pupil-circumstances.ts';

/** A case as it was loaded: its row, its school, its pupil, and what the rules look at. */
export type CaseFacts = {
  row: AttendanceCase;
  school: SchoolRow;
  pupil: Awaited<ReturnType<typeof pupilCircumstances>>['pupil'];
  circumstances: Circumstances;
  /** Epoch ms. */
  now: number;
};
