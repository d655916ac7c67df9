// Comforts of the hosted pages. Runs in the browser, inline; every page works without it.
for (const button of document.querySelectorAll('[data-reveal]')) {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  button.addEventListener('click', () => {
    const show = input.type === 'password';
    input.type = show ? 'text' : 'password';
    button.setAttribute('aria-pressed', String(show));
    button.setAttribute('aria-label', show ? button.dataset.hide : button.dataset.show);
    input.focus();
  });
}

for (const note of document.querySelectorAll('[data-caps-lock]')) {
  const input = document.getElementById(note.dataset.capsLock);
  const say = (isOn) => {
    note.textContent = isOn ? note.dataset.text : '';
  };
  // What a password manager fills in is announced as a key without any modifiers.
  const look = (event) => say(event.getModifierState?.('CapsLock'));
  input.addEventListener('keydown', look);
  input.addEventListener('keyup', look);
  input.addEventListener('blur', () => say(false));
}

const tests = {
  nonEmpty: (password) => password !== '',
  lengthAtLeast: (password, count) => [...password].length >= count,
  lowerCase: (password) => /[a-z]/.test(password),
  upperCase: (password) => /[A-Z]/.test(password),
  numbers: (password) => /[0-9]/.test(password),
  specialCharacters: (password) => /[^A-Za-z0-9]/.test(password),
  identicalChars: (password, count) => password !== '' && !new RegExp(`(.)\\1{${count}}`, 'su').test(password),
};

for (const list of document.querySelectorAll('[data-rules]')) {
  const input = document.getElementById(list.dataset.rules);
  const check = (item) => {
    const parts = [...item.querySelectorAll('li')].filter(check).length;
    const { rule, count } = item.dataset;
    const met = tests[rule] ? tests[rule](input.value, count) : parts > 0 && parts >= count;
    item.classList.toggle('met', met);
    const state = item.querySelector(':scope > span > .state');
    if (state) state.textContent = met ? `(${list.dataset.met})` : '';
    return met;
  };
  const update = () => {
    for (const item of list.children) check(item);
  };
  input.addEventListener('input', update);
  update();
}

// One click, one request: a second one would use up the same form token.
for (const form of document.forms) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.busy) event.preventDefault();
    form.dataset.busy = 'yes';
    // Whoever stopped a slow request may send it again.
    setTimeout(() => delete form.dataset.busy, 4000);
  });
  // A page that comes back from the browser's cache can be sent again.
  addEventListener('pageshow', () => delete form.dataset.busy);
}
