import path from 'node:path';
import process from 'node:process';

type Started = {environment: Record<string, string | undefined>; argv: string[]};

/** What to type in front of a subcommand to start the program in the same way: by npx, by npm in a clone, from a pack. */
export const howStarted = (
	{environment, argv}: Started = {environment: process.env, argv: process.argv},
): string => {
	// Both set it for the script they run; other scripts of npm start something else, which starts the program.
	const event = environment.npm_execpath ? environment.npm_lifecycle_event : undefined;
	const file = path.basename(argv[1] ?? '');
	if (file === `${bareName}.mjs`) return `node ${file}`;
	if (event === 'npx') return `npx ${bareName}`;
	return event === 'start' ? 'npm start --' : bareName;
};

/** A text in which each of the program's own commands, `multistage-workshop …`, begins as the program was started. */
export const asStarted = (text: string, started?: Started): string =>
	text.replaceAll(/(?<=`)multistage-workshop(?=[ `])/g, () => howStarted(started));

const bareName = 'multistage-workshop';
