/* The demonstration page: questions that open the widget, how it can look, and the code for another page. */
(() => {
'use strict';

const chat = document.querySelector('guide-chat'), looks = document.querySelector('.looks');
const code = document.querySelector('#code'), copied = document.querySelector('#copied');
const STANDARD = looks.elements.accent.value;

for (const button of document.querySelectorAll('[data-ask]')) button.addEventListener('click', () => chat.ask(button.dataset.ask));
document.querySelector('[data-open]').addEventListener('click', () => chat.open());

/** Show what is chosen, on the widget itself and as code. */
function show() {
  const chosen = [...new FormData(looks)].filter(([name, value]) => value && !(name === 'accent' && value === STANDARD));
  for (const { name } of looks.elements) {
    const value = name && chosen.find(([given]) => given === name)?.[1];
    if (value) chat.setAttribute(name, value); else if (name && chat.hasAttribute(name)) chat.removeAttribute(name);
  }
  const attributes = chosen.map(([name, value]) => ` ${name}="${value}"`).join('');
  code.textContent = `<script src="${new URL('widget.js', location.href)}" defer></${'script'}>\n<guide-chat${attributes}></guide-chat>`;
}

document.querySelector('#copy').addEventListener('click', async () => {
  try {
    await navigator.clipboard.writeText(code.textContent);
    copied.textContent = 'Copied';
  } catch {                                                  // not allowed, or a page without https
    getSelection().selectAllChildren(code);
    copied.textContent = 'Selected: copy it with your keyboard';
  }
});
looks.addEventListener('input', show);
looks.addEventListener('submit', (event) => event.preventDefault());
show();
})();
