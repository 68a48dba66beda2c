/**
 * Follows the SQL between the COPY blocks of a dump just far enough to know whether a line is at the level of
 * statements or inside a string, a quoted identifier, a dollar-quoted body or a comment. The rules are psql's,
 * because psql is what such a file is written for: text that psql would not take as COPY must not be data for us.
 */

const QUOTE = 0x27;
const DOUBLE_QUOTE = 0x22;
const BACKSLASH = 0x5c;
const DOLLAR = 0x24;
const HYPHEN = 0x2d;
const SLASH = 0x2f;
const STAR = 0x2a;
const SEMICOLON = 0x3b;
const OPEN = 0x28;
const CLOSE = 0x29;

type Mode = 'sql' | 'string' | 'escape string' | 'quoted identifier' | 'dollar quote' | 'comment';

export class SqlLexer {
  #mode: Mode = 'sql';
  #modeSince = 0;
  #statementSince = 0;
  #dollarTag: Buffer = Buffer.alloc(0);
  #commentDepth = 0;
  #inStatement = false;
  #parentheses = 0;
  // Depth of begin atomic … end, the one kind of body that is neither quoted nor ended by its first semicolon.
  #bodies = 0;
  #lastWord = '';

  /**
   * Takes one line without its newline.
   * @returns the position at which a statement begins with the word COPY, and then leaves the rest of the line
   * to the caller; -1 for every other line.
   */
  line(line: Buffer, lineNumber: number): number {
    let i = 0;
    while (i < line.length) {
      if (this.#mode !== 'sql') {
        i = this.#quoted(line, i);
        continue;
      }
      const c = line[i] ?? 0;
      if (isWordByte(c)) {
        const end = endOfWord(line, i);
        const word = line.toString('latin1', i, end).toLowerCase();
        if (!this.#inStatement && word === 'copy') return i;
        this.#begin(lineNumber);
        this.#word(word);
        i = end;
        if (word === 'e' && line[i] === QUOTE) i = this.#open('escape string', lineNumber, i + 1);
        continue;
      }
      // A psql meta-command (\restrict, \connect) takes the rest of its line and runs nowhere but in psql.
      if (c === BACKSLASH || (c === HYPHEN && line[i + 1] === HYPHEN)) return -1;
      if (c === SLASH && line[i + 1] === STAR) {
        this.#commentDepth = 1;
        i = this.#open('comment', lineNumber, i + 2);
        continue;
      }
      if (c > 0x20) this.#begin(lineNumber);
      i++;
      if (c === QUOTE) this.#open('string', lineNumber, i);
      else if (c === DOUBLE_QUOTE) this.#open('quoted identifier', lineNumber, i);
      else if (c === DOLLAR) i = this.#dollar(line, i, lineNumber);
      else if (c === OPEN) this.#parentheses++;
      else if (c === CLOSE) this.#parentheses--;
      else if (c === SEMICOLON && this.#parentheses <= 0 && this.#bodies === 0) this.#inStatement = false;
    }
    return -1;
  }

  /** What the file would be cut off in if it ended here, with the line it began on; null between statements. */
  unfinished(): { what: string; since: number } | null {
    if (this.#mode !== 'sql') return { what: this.#mode, since: this.#modeSince };
    return this.#inStatement ? { what: 'statement', since: this.#statementSince } : null;
  }

  #begin(lineNumber: number): void {
    if (this.#inStatement) return;
    this.#inStatement = true;
    this.#statementSince = lineNumber;
    this.#parentheses = 0;
    this.#lastWord = '';
  }

  #open(mode: Mode, lineNumber: number, next: number): number {
    this.#mode = mode;
    this.#modeSince = lineNumber;
    return next;
  }

  #word(word: string): void {
    if (word === 'atomic' && this.#lastWord === 'begin') this.#bodies++;
    else if (this.#bodies > 0 && word === 'case') this.#bodies++;
    else if (this.#bodies > 0 && word === 'end') this.#bodies--;
    this.#lastWord = word;
  }

  /** After a `$`: opens a dollar quote when a tag and a second `$` follow. */
  #dollar(line: Buffer, start: number, lineNumber: number): number {
    let end = start;
    while (end < line.length && line[end] !== DOLLAR && isWordByte(line[end] ?? 0)) end++;
    if (line[end] !== DOLLAR || isDigit(line[start] ?? 0)) return start;
    this.#dollarTag = Buffer.from(line.subarray(start - 1, end + 1));
    return this.#open('dollar quote', lineNumber, end + 1);
  }

  /** Inside anything quoted: the position after its end in this line, or the line's end. */
  #quoted(line: Buffer, from: number): number {
    if (this.#mode === 'dollar quote') {
      const at = line.indexOf(this.#dollarTag, from);
      return at < 0 ? line.length : this.#close(at + this.#dollarTag.length);
    }
    if (this.#mode === 'comment') return this.#comment(line, from);
    const quote = this.#mode === 'quoted identifier' ? DOUBLE_QUOTE : QUOTE;
    for (let i = from; i < line.length; i++) {
      if (line[i] === BACKSLASH && this.#mode === 'escape string') i++;
      else if (line[i] === quote) {
        if (line[i + 1] !== quote) return this.#close(i + 1);
        i++;
      }
    }
    return line.length;
  }

  #comment(line: Buffer, from: number): number {
    for (let i = from; i < line.length; i++) {
      if (line[i] === SLASH && line[i + 1] === STAR) {
        this.#commentDepth++;
        i++;
      } else if (line[i] === STAR && line[i + 1] === SLASH) {
        this.#commentDepth--;
        i++;
        if (this.#commentDepth === 0) return this.#close(i + 1);
      }
    }
    return line.length;
  }

  #close(next: number): number {
    this.#mode = 'sql';
    return next;
  }
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

/** Letters, digits, underscore and everything beyond ASCII; `$` belongs to a word but does not begin one. */
function isWordByte(c: number): boolean {
  return (c >= 0x61 && c <= 0x7a) || (c >= 0x41 && c <= 0x5a) || isDigit(c) || c === 0x5f || c >= 0x80;
}

function endOfWord(line: Buffer, from: number): number {
  let end = from;
  while (end < line.length && (isWordByte(line[end] ?? 0) || line[end] === DOLLAR)) end++;
  return end;
}
