/** Waits for something to be so, looking often; fails after half a minute, or as long as is given. */
export async function until(so: () => Promise<boolean>, ms = 30_000): Promise<void> {
  for (const end = Date.now() + ms; !(await so()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) throw new Error(`It did not come about in ${ms / 1000} s`);
  }
}
