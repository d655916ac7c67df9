/**
 * The editor itself, apart from React and in a chunk of its own that is loaded with the first editor on a page.
 */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript, javascriptLanguage } from '@codemirror/lang-javascript';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { createEchoes } from './echoes.ts';
import type { Language, Member } from './language.ts';
import { look } from './look.ts';
import { type Problem, syntaxProblems } from './syntax.ts';

export type EditorOptions = {
  value: string;
  language: Language;
  /** Names that are offered while typing, besides those of the language. */
  members: readonly Member[];
  placeholder?: string | undefined;
  onChange: (value: string) => void;
  onProblems: (problems: readonly Problem[]) => void;
};

/** What can change while the editor is there. */
export type EditorLook = { attributes: Record<string, string>; readOnly: boolean; dark: boolean };

export type Editor = {
  /** Shows a value of the form, unless it is what was typed here and has come back. */
  setValue: (value: string) => void;
  update: (state: EditorLook) => void;
  goTo: (offset: number) => void;
  focus: () => void;
  destroy: () => void;
};

/** Marks a change that came from outside, which must not be told as if it were typed. */
const given = Annotation.define<boolean>();
/** Milliseconds after the last key until mistakes are told: half a word is always one. */
const PAUSE = 400;

export function openEditor(parent: HTMLElement, options: EditorOptions, state: EditorLook): Editor {
  const changeable = new Compartment();
  const grammar = new Compartment();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const echoes = createEchoes();
  const check = () => {
    const problems = problemsOf(view.state.doc.toString(), options.language);
    view.dispatch(
      setDiagnostics(
        view.state,
        problems.map(({ from, to, message }) => ({ from, to, message, severity: 'error' })),
      ),
    );
    options.onProblems(problems);
  };
  const checkSoon = EditorView.updateListener.of((update) => {
    if (!update.docChanged) return;
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
    if (update.transactions.some((transaction) => transaction.annotation(given))) return;
    const text = update.state.doc.toString();
    echoes.tell(text);
    options.onChange(text);
  });
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.value,
      extensions: [
        basics(options),
        grammar.of(grammarOf(options)),
        checkSoon,
        changeable.of(appearance(state)),
        // Last, so that whatever else wants the key comes first; Escape before it gives Tab back to the browser.
        keymap.of([indentWithTab]),
      ],
    }),
  });
  check();
  if (options.language === 'liquid') {
    // By far the largest grammar, and few screens show it: plain text until it is there.
    import('@codemirror/lang-liquid').then(
      ({ liquid }) => view.dispatch({ effects: grammar.reconfigure(liquid()) }),
      () => undefined,
    );
  }
  return {
    setValue: (value) => {
      if (echoes.has(value, view.state.doc.toString())) return;
      const changes = { from: 0, to: view.state.doc.length, insert: value };
      view.dispatch({ changes, annotations: given.of(true) });
    },
    update: (next) => view.dispatch({ effects: changeable.reconfigure(appearance(next)) }),
    goTo: (offset) => {
      view.dispatch({ selection: { anchor: Math.min(offset, view.state.doc.length) }, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => {
      clearTimeout(timer);
      view.destroy();
    },
  };
}

function basics({ placeholder: text }: EditorOptions): Extension {
  return [
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of('  '),
    EditorState.tabSize.of(2),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ icons: false }),
    highlightSelectionMatches(),
    search(),
    lintGutter(),
    text ? placeholder(text) : [],
    keymap.of([
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
      ...lintKeymap,
    ]),
  ];
}

function appearance({ attributes, readOnly, dark }: EditorLook): Extension {
  return [
    EditorView.contentAttributes.of(attributes),
    EditorState.readOnly.of(readOnly),
    // No keyboard comes up on a phone for what cannot be typed in; it is focused and scrolled all the same.
    EditorView.editable.of(!readOnly),
    look(dark),
  ];
}

function grammarOf({ language, members }: EditorOptions): Extension {
  if (language === 'liquid') return [];
  const offer = (context: CompletionContext) => {
    const word = context.matchBefore(/[\w$]+(\.[\w$]*)*/);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    return { from: word.from, options: members.map(completionOf), validFor: /^[\w$.]*$/ };
  };
  return [javascript(), members.length > 0 ? javascriptLanguage.data.of({ autocomplete: offer }) : []];
}

function completionOf({ name, about, call }: Member): Completion {
  return { label: name, info: about, type: call ? 'function' : 'property', ...(call ? { detail: call } : {}) };
}

/** Mistakes that can be told for the language; templates are checked by whoever fills them in. */
function problemsOf(code: string, language: Language): Problem[] {
  return language === 'liquid' || code.trim() === '' ? [] : syntaxProblems(code, language);
}

export { heightOf } from './look.ts';
