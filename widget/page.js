/* The demonstration page: a button with data-ask="..." opens the widget and asks that question. */
for (const button of document.querySelectorAll('[data-ask]')) {
  button.addEventListener('click', () => document.querySelector('guide-chat').ask(button.dataset.ask));
}
