/**
 * What a person needs of a background job's message: without the exception's class in front and blanks around. Of a whole
 * traceback, which CVAT shows for some milliseconds after a failure, only the last line, which names the exception.
 */
export function failureText(message: string): string {
  const text = message.trim();
  const line = isTraceback(text) ? (text.split('\n').at(-1) ?? '') : text;
  return line.replace(/^(?:[A-Za-z_]\w*\.)+[A-Za-z_]\w*:\s+|^[A-Za-z_]\w*(?:Error|Exception):\s+/, '');
}

/** True for a message that CVAT will replace by one line in a moment. */
export function isTraceback(message: string): boolean {
  return message.startsWith('Traceback (most recent call last):');
}
