/** Who may name somebody to decide for them: everybody, at a school and at an authority. */
export const mayName = 'signed-in';
