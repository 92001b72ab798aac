export default {
  runner: 'jest-light-runner/child-process',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Node reads TypeScript by test/support/in-node.mjs: Jest changes nothing.
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.ts',
  globalTeardown: '<rootDir>/test/support/global-teardown.ts',
  maxWorkers: 2,
};
