/**
 * What is wrong with a piece of code before anything runs it. A parser says so, which the language's own grammar in the
 * editor cannot: that one is made to go on after mistakes.
 */
import { type Options, Parser, parseExpressionAt } from 'acorn';

/** `function`: one function expression, as rules are. `module`: a CommonJS module, as actions and hooks are. */
export type Shape = 'function' | 'module';

export type Problem = {
  /** Offsets into the code. */
  readonly from: number;
  readonly to: number;
  /** Counts from 1. */
  readonly line: number;
  readonly message: string;
};

const SCRIPT: Options = { ecmaVersion: 'latest', sourceType: 'script' };
const MODULE: Options = { ecmaVersion: 'latest', sourceType: 'commonjs', allowHashBang: true };

/** The first mistake of the code, in a list of none or one. */
export function syntaxProblems(code: string, shape: Shape): Problem[] {
  if (code.trim() === '') return [problemAt(code, 0, 'There is no code yet.')];
  try {
    if (shape === 'module') Parser.parse(code, MODULE);
    else requireOneFunction(code);
    return [];
  } catch (error) {
    // The parser throws a SyntaxError with the offset; whatever else it throws is its own mistake.
    if (!(error instanceof SyntaxError)) throw error;
    const { pos = 0, message } = error as SyntaxError & { pos?: number };
    return [problemAt(code, pos, worded(code, pos, message))];
  }
}

function requireOneFunction(code: string): void {
  const expression = parseExpressionAt(code, 0, SCRIPT);
  if (expression.type !== 'FunctionExpression' && expression.type !== 'ArrowFunctionExpression')
    throw refusal('This must be one function: function (…) { … }', expression.start);
  for (const token of Parser.tokenizer(code.slice(expression.end), SCRIPT))
    if (token.type.label !== ';') throw refusal('Nothing may follow the function', expression.end + token.start);
}

function refusal(message: string, pos: number): SyntaxError {
  return Object.assign(new SyntaxError(message), { pos });
}

function problemAt(code: string, offset: number, message: string): Problem {
  const from = Math.min(offset, code.length);
  const line = code.slice(0, from).split('\n').length;
  return { from, to: Math.min(from + 1, code.length), line, message };
}

/** The parser ends its messages with the place, and says of most mistakes only that something was unexpected. */
function worded(code: string, pos: number, message: string): string {
  const text = message.replace(/ \(\d+:\d+\)$/, '');
  if (text !== 'Unexpected token') return `${text}.`;
  const met = /^(?:[\w$]+|\S)/.exec(code.slice(pos))?.[0];
  return met ? `Unexpected “${met}”.` : 'The code ends too early: a bracket or a quote is not closed.';
}
