// While something is under way, its page looks again by itself: only what is said of it changes, and the focus stays where it is.
// Once the page says no more of it, there is the way to what came of it. Without this script there is the link to look now.
const region = document.querySelector('[data-look-again]');
const link = region.querySelector('a');
region.querySelector('[hidden]').hidden = false;

const wait = () => setTimeout(look, Number(region.dataset.lookAgain) * 1_000);

async function look() {
  const answer = await fetch(link.href).catch(() => null);
  if (answer === null || answer.status >= 500) return wait();
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const now = page.querySelector('[data-look-again] [data-now]');
  if (now === null) return end();
  const shown = region.querySelector('[data-now]');
  if (shown.innerHTML !== now.innerHTML) shown.replaceChildren(...now.childNodes);
  wait();
}

function end() {
  const focused = region.contains(document.activeElement);
  region.replaceChildren(region.querySelector('template').content);
  if (focused) region.querySelector('a').focus();
}

wait();
