/** What to do about a fault that yaml has found, by what usually is behind it in the line where it stands. */
export function explainYamlFault(code: string, reason: string, line: string): string {
  if (code === 'TAB_AS_INDENT' || /\t/.test(/^\s*/.exec(line)?.[0] ?? ''))
    return 'Indent with spaces: YAML takes no tabs.';
  const joined = findJoinedText(line);
  if (joined !== undefined) return `Texts are put together in one, with the variable in it: ${joined}.`;
  const colon = findTextWithColon(line);
  if (colon !== undefined) return `A text with ": " in it stands in quotes: ${quote(colon)}.`;
  const quoted = findTextWithQuotes(line);
  if (quoted !== undefined) return `A text with " in it stands in single quotes: '${quoted}'.`;
  return explainFault(code, reason);
}

/** Where the line says nothing of its own. */
function explainFault(code: string, reason: string): string {
  const [, opened] = /^Flow (map|sequence) .* end with a/i.exec(reason) ?? [];
  if (opened === 'map') return 'A { before is not closed: write } where its map ends.';
  if (opened !== undefined) return 'A [ before is not closed: write ] where its list ends.';
  if (code === 'MULTIPLE_DOCS')
    return 'A file holds one scenario: take the line of three hyphens out, or put what follows into a file of its own.';
  if (code === 'NON_STRING_KEY')
    return 'A key is one word or a text in quotes, without brackets and without "? " before it.';
  if (code === 'TAG_RESOLVE_FAILED')
    return 'Take the tag out, which is what begins with "!": a text with "!" stands in quotes.';
  if (code === 'BAD_SCALAR_START') return 'A text that begins with @, ` or % stands in quotes.';
  if (code === 'BAD_DQ_ESCAPE')
    return String.raw`In double quotes \ begins an escape: write \\, or take single quotes.`;
  if (/implicit map key|compact mappings|same column|indent/i.test(reason))
    return 'Keys of one map begin in the same column; what belongs to a key is two spaces further right.';
  return 'Look at the indentation and the quotes around here.';
}

/** A text in double quotes where single ones are of no use, else the other way round. */
export function quote(text: string): string {
  const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  return shown.includes('"') ? `'${shown.replaceAll("'", "''")}'` : `"${shown}"`;
}

/** `text: Time: ten o'clock`: what stands behind the first colon without quotes and has another one. */
function findTextWithColon(line: string): string | undefined {
  const [, inBraces] = /[\w-]+:\s+([^\s"'{}[\]|>&*!#,][^"{}[\],]*?:\s[^"{}[\],]*?)\s*[,}\]]/.exec(line) ?? [];
  const [, text = inBraces] =
    /[\w-]+:\s+([^\s"'{[|>&*!#][^"{}[\]]*?:\s[^{}[\]]*?)\s*(?:,\s*[\w-]+:\s.*)?(?:[}\]]\s*)*$/.exec(line) ?? [];
  return text;
}

/** `text: "Hello " + name`. */
function findJoinedText(line: string): string | undefined {
  const [, text, name] = /:\s+"([^"]*)"\s*[+&.]\s*(?:\$\(\s*)?([A-Za-z_][\w.]*)/.exec(line) ?? [];
  return text === undefined || name === undefined ? undefined : quote(`${text}$(${name})`);
}

/** `text: "He said "hi""`. */
function findTextWithQuotes(line: string): string | undefined {
  const [, text] = /:\s+"([^"]*"[^"{}]*"[^{}]*)"\s*(?:[},\]].*)?$/.exec(line) ?? [];
  // Two texts that are each in quotes, one behind the other, are not one.
  if (text !== undefined && /",\s*[\w-]+:\s/.test(text)) return undefined;
  return text?.includes("'") ? text.replaceAll("'", "''") : text;
}
