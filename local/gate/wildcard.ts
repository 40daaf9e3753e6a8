/**
 * Whether the whole text matches an IAM pattern: `*` stands for any run of characters (none and `/` or `:` included),
 * `?` for exactly one. Linear in memory and at worst text x pattern in time, whatever the pattern.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let inText = 0;
  let inPattern = 0;
  let lastStar = -1;
  let resumeAt = 0;
  while (inText < text.length) {
    const wanted = pattern[inPattern];
    if (wanted === '*') {
      lastStar = inPattern++;
      resumeAt = inText;
    } else if (wanted === '?' || wanted === text[inText]) {
      inPattern++;
      inText++;
    } else if (lastStar >= 0) {
      // The last star takes one character more, and the rest is tried again.
      inPattern = lastStar + 1;
      inText = ++resumeAt;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === '*') inPattern++;
  return inPattern === pattern.length;
}

/** `matchesWildcard` without regard to case, as actions and `…IgnoreCase` conditions are compared. */
export function matchesWildcardIgnoringCase(pattern: string, text: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), text.toLowerCase());
}

/** Whether an ARN matches a pattern part by part: a wildcard in one of the first five parts does not reach over a colon. */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const wanted = arnParts(pattern);
  const given = arnParts(arn);
  return wanted.every((part, index) => matchesWildcard(part, given[index] ?? ''));
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
