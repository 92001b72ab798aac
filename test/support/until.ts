/** Waits for something to be so, looking often. Two minutes are for a slow machine; a test that waits for less has to say why. */
export async function until(so: () => Promise<boolean>, ms = 120_000): Promise<void> {
  for (const end = Date.now() + ms; !(await so()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) throw new Error(`It did not come about in ${ms / 1000} s`);
  }
}
