/** A policy of one step, which is proved in no time; and one promise of every policy is broken: a visit that nobody agrees to. */
export const smallPolicy = `pack: small
title: "A small policy"
in force: { from: "2026-09-01" }
source: "Our procedure"

people:
  lead: { role: sal, stands in: head }
  head: { role: headteacher, stands in: lead }

figures: { at least: "20 sessions" }

letters:
  recall window: "30 minutes"
  no two within: "10 school days"

waiting:
  remind after: "2 school days"
  escalate after: "5 school days"
  ask again after: "10 school days"

opens:
  - { when: { attendance: { below: "90%" } }, stage: visit }

stages:
  visit:
    says: "Somebody visits the family"
    source: "1"
    do:
      - task: { what: home visit, says: "Visit the family", by: lead, due: "2 school days" }

closes: { when: { attendance: { at least: "95%" } }, held for: "10 school days", says: "Attendance is good again" }
`;

/** The same with another step in the visit's place. */
export const smallPolicyThat = (step: string): string => smallPolicy.replace(/- task: .*/, `- ${step}`);

/** The same, which refers to the authority at once. */
export const referringPolicy = smallPolicyThat('referral: { approved by: lead, tells: [] }');
