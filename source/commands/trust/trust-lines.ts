import type {FolderHash} from '../../storage/hash-folder.js';
import {spellOut} from '../../text/spell-out.js';
import {type ListedCommands, listCommands} from '../../workshop/list-commands.js';
import type {OpenWorkshop} from '../open-workshop.js';
import {readAnswers} from '../read-answers.js';

/** All that a workshop would run by itself. */
export const commandsOf = ({workshop, folder}: OpenWorkshop): ListedCommands =>
	listCommands(workshop, challengeId => {
		const overlays = readAnswers(challengeId, folder).map(answer => answer.overlay);
		const isSolution = ({overlay}: {overlay: string}) => overlay.startsWith('solutions/');
		return {
			solution: overlays.find(isSolution) ?? null,
			attempts: overlays.filter(overlay => !isSolution(overlay)),
		};
	});

/**
 * What somebody has to know who is asked to trust a workshop: its folder, its hash, all that it would run, and all that
 * it would write.
 */
export const trustLines = (open: OpenWorkshop, {hash, files}: FolderHash): string[] => {
	const {commands, attempts, edits} = commandsOf(open);
	const {contexts} = open.workshop;
	const inContexts = [...files.keys()].filter(file =>
		contexts.some(context => file.startsWith(`${context}/`)),
	);
	const inAnswers = [...files.keys()].filter(
		file => /^(solutions|attempts)\//.test(file) && !runFile.test(file),
	);
	const named = new Set([...commands, ...attempts].flat().map(word => word.replace(/^(--file=|\.\/)/, '')));
	const isDockerfile = (file: string) => /dockerfile|containerfile/i.test(file) || named.has(file);
	const dockerfiles = [...inContexts, ...inAnswers].filter(isDockerfile);
	return [
		`folder: ${spellOut(open.folder)}`,
		`hash: ${hash}`,
		commands.length === 0
			? 'It runs no commands.'
			: 'It would run, on this machine and with your rights, each with exactly these arguments:',
		...commands.map(typed),
		...(attempts.length === 0 ? [] : ['Only `multistage-workshop lint --engine` would run:']),
		...attempts.map(typed),
		...(dockerfiles.length === 0 ? [] : [`Builds run what its Dockerfiles say: ${listed(dockerfiles)}.`]),
		...(contexts.length === 0
			? []
			: [`It copies ${listed(contexts.map(context => `${context}/`))} into the lab folder.`]),
		...(inAnswers.length === 0 ? [] : [`Solutions and attempts put there: ${listed(inAnswers)}.`]),
		...edits.map(
			({file, line}) =>
				`While a command runs, the file ${spellOut(file)} there has one more line: ${typed([line])}`,
		),
	];
};

const runFile = /^(solutions\/[^/]+|attempts\/[^/]+\/[^/]+)\/run\.yaml$/;

const listed = (names: string[]): string => names.map(spellOut).join(', ');

/**
 * An array of arguments, so that `sh -c "id > x"` is seen to have three. A backtick would end the span that it stands in.
 */
const typed = (argv: string[]): string =>
	`\`[${argv.map(argument => spellOut(JSON.stringify(argument)).replaceAll('`', '\\u0060')).join(', ')}]\``;
