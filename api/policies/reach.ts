/** Who brings a policy in, and has it proved: it binds everybody at the school. */
export const policyKeepers = ['sal', 'trust-lead', 'admin'] as const;
