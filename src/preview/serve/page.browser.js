/* What a browser does in the preview page besides what htmx does. */

/** A result that is replaced stays where it was scrolled to, and what was unfolded stays so. */
const places = new Map();

document.addEventListener('htmx:beforeSwap', () => {
  for (const element of document.querySelectorAll('#result [id][tabindex="0"]'))
    places.set(element.id, [element.scrollLeft, element.scrollTop]);
  for (const element of document.querySelectorAll('#result details[id]'))
    places.set(element.id, element.open);
});

document.addEventListener('htmx:afterSwap', () => {
  for (const [id, place] of places) {
    const element = document.getElementById(id);
    if (element === null) continue;
    if (typeof place === 'boolean') element.open = place;
    else [element.scrollLeft, element.scrollTop] = place;
  }
  markErrors();
});

/** A field with something said about it is wrong. */
function markErrors() {
  for (const error of document.querySelectorAll('.error[id]')) {
    const field = document.getElementById(error.id.replace('-error', ''));
    if (error.textContent === '') field?.removeAttribute('aria-invalid');
    else field?.setAttribute('aria-invalid', 'true');
  }
}

/** What is shown on hover can be put away without moving (Escape), until something else is pointed at. */
document.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') document.body.classList.add('no-tips');
});
for (const event of ['pointerover', 'focusin'])
  document.addEventListener(event, () => document.body.classList.remove('no-tips'));

markErrors();
