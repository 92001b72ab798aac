// What `@jest/globals` gives: jest-light-runner has it as globals only.
export const { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } = globalThis;
