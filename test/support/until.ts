/** Waits for something to be so, looking often; fails after half a minute. */
export async function until(so: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; !(await so()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) throw new Error('It did not come about in 30 s');
  }
}
