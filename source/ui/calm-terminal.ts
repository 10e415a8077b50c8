/**
 * What a command that crashed may have left on: colours, keys in application mode, the mouse, focus, pasted text in
 * brackets, the alternate screen (without moving the cursor), no cursor.
 */
export const calmTerminal = [
	'\u001B[0m',
	'\u001B[?1l\u001B>',
	'\u001B[?1000l\u001B[?1002l\u001B[?1003l\u001B[?1006l',
	'\u001B[?1004l',
	'\u001B[?2004l',
	'\u001B[?1047l',
	'\u001B[?25h',
].join('');
