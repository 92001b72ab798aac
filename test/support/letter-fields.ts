import type { TemplateId } from '../../policy/letters/templates.ts';

const shared = {
  ref: 'FB-26-1A2B3C',
  issuedOn: '2026-11-24',
  school: {
    name: 'Oakbridge School',
    address: ['Mill Lane', 'Oakbridge', 'GL99 9ZZ'],
    phone: '01632 960100',
    email: 'office@oakbridge.example',
  },
  authority: 'Severnshire Council',
  signatory: { name: 'Siân D’Souza', role: 'Senior attendance lead' },
  recipient: {
    name: 'Nguyễn Thị Hoa',
    address: ['12 Long Row', 'Oakbridge', 'GL99 1AA'],
    language: 'en',
    channel: 'email' as 'email' | 'post',
  },
  pupil: { name: "Zoë O'Brien", className: '9B' },
  figures: { from: '2026-09-03', asOf: '2026-11-23 PM', attended: 95, possible: 99, authorised: 2, unauthorised: 2 },
  personalNote: null as string | null,
};

const own = {
  'letter-1': { support: ['A talk with you about what would help, at school or by telephone.'] },
  'letter-2': {
    firstLetterOn: '2026-10-12',
    monitoring: { from: '2026-11-25', until: '2026-12-08' },
    targetPercent: '95%',
  },
  'letter-3': { secondLetterOn: '2026-11-24', support: ['A talk with you about what would help, at school or by telephone.'] },
  'unexplained-absence': { awaySince: '2026-11-19' },
  'days-missed': { halfTerm: { from: '2026-09-03', until: '2026-10-23', attended: 66, possible: 73 } },
  congratulation: { monitored: { from: '2026-11-25', until: '2026-12-08' }, window: { attended: 19, possible: 20 } },
  'meeting-invitation': { meeting: { on: '2026-12-11', at: '15:30' }, secondLetterOn: '2026-11-24' },
  'referral-notice': { referredOn: '2026-12-15', shared: ["Your child's attendance record."] },
  'notice-to-improve': {
    pupilsSchool: 'Oakbridge School',
    monitoring: { from: '2027-01-05', until: '2027-02-09' },
    targetPercent: '95%',
    offences: ['Monday 5 October 2026, morning: holiday without leave'],
    supportSoFar: ['The support we offered: breakfast club (accepted).'],
    supportOffered: ['Breakfast club.'],
    earlyGrounds: ['Three more sessions missed without leave.'],
    amounts: {
      first: { discountPence: 8_000, discountDays: 21, fullPence: 16_000, fullDays: 28 },
      second: { discountPence: null, discountDays: null, fullPence: 16_000, fullDays: 28 },
      years: 3,
    },
    contact: { name: 'Ana Lee', phone: '01632 960200', email: 'welfare@severnshire.example' },
  },
  correction: {
    first: {
      ...{ ref: 'FB-26-0C0FFE', issuedOn: '2026-11-20', from: '2026-09-03', asOf: '2026-11-19 PM', attended: 90, possible: 95 },
    },
    right: { attended: 94, possible: 95 },
    stands: false,
  },
} satisfies Record<TemplateId, object>;

type Parts = { [K in keyof typeof shared]?: Partial<(typeof shared)[K]> | (typeof shared)[K] };

/** Everything a letter needs, made up; `over` replaces parts of the shared block. */
export function lettersFields(template: TemplateId, over: Parts = {}): Record<string, unknown> {
  const merged = Object.entries(shared).map(([key, value]) => {
    const given = over[key as keyof Parts];
    const deep = given !== null && typeof given === 'object' && value !== null && typeof value === 'object';
    return [key, given === undefined ? value : deep ? { ...value, ...given } : given];
  });
  return { ...Object.fromEntries(merged), ...own[template] };
}
