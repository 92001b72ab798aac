import { availableParallelism } from 'node:os';

/** As many schools at once as keep this process and the database busy: while one waits for its COPY another's file is read. */
export const schoolsAtOnce = 2 * availableParallelism();

/** Does something with each file: with those of one school in their order, and so many schools side by side. */
export async function schoolBySchool<File extends { schoolId: string }>(
  files: readonly File[],
  act: (file: File) => Promise<void>,
  atOnce: number = schoolsAtOnce,
): Promise<void> {
  const schools = new Set(files.map(({ schoolId }) => schoolId)).values();
  const oneAfterTheOther = async () => {
    for (const school of schools) for (const file of files) if (file.schoolId === school) await act(file);
  };
  await Promise.all(Array.from({ length: atOnce }, oneAfterTheOther));
}
