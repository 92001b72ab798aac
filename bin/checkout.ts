/** The checkout's folder, in which a developer's command writes what is kept with the sources: it runs from the checkout's `dist/`. */
export const checkout = new URL(import.meta.url.endsWith('.ts') ? '../' : '../../', import.meta.url);
