/** The port that a command line asks for with `-port`, the last one as for the program itself; null without one. */
export const portArgument = (command: string[]): number | null => {
	const found = [...command.join(' ').matchAll(/(?:^|\s)--?port(?:=|\s+)(\d{1,5})(?=\s|$)/g)].at(-1)?.[1];
	return found ? Number(found) : null;
};
