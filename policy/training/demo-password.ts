/** The password of every account of a training school. A real school has none. */
export const demoPassword = 'first-bell-training';
