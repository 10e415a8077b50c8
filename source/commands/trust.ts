import {createHash} from 'node:crypto';
import process from 'node:process';
import {readAnswers} from '../app/answers.js';
import type {WatchedWorkshop} from '../app/authoring.js';
import type {OpenWorkshop} from '../app/open-workshop.js';
import {printMessage} from '../app/output.js';
import {createTerminalPrompt} from '../app/prompt.js';
import type {Consent} from '../session/run-context.js';
import type {Question} from '../session/state.js';
import {combineHashes, createTrustedHashes, type FolderHash, hashFolder} from '../storage/hashes.js';
import {stateFolder} from '../storage/state-folder.js';
import {quotePath} from '../text/shell-commands.js';
import {escapeDeceptive} from '../text/terminal-text.js';
import {UserError} from '../text/user-error.js';
import {isInContext, type ListedCommands, listCommands} from '../workshop/steps.js';
import type {Options} from './flags.js';

/**
 * Before a command without a screen runs anything of a workshop: passes when it is shipped or trusted, by `--trust`
 * too; asks where there is a terminal. `--yes` is no consent: it was given without looking. Rejects with a `UserError`.
 * Resolves with a function to call before each command: it throws a `UserError` if the files have changed since.
 */
export const obtainTrust = async (
	open: OpenWorkshop,
	{trust}: Pick<Options, 'trust'>,
): Promise<() => void> => {
	if (open.shipped) return () => {};
	const seen = hashFolder(open.folder);
	await requireTrust(open, seen, trust);
	const before = hashOfInput(seen);
	return () => {
		if (hashOfInput(hashFolder(open.folder)) === before) return;
		throw new UserError(`The files in ${open.folder} have changed since, and nothing of them runs.`, {
			next: `see what it would run now with \`multistage-workshop list ${quotePath(open.folder)}\`, then run the same command again`,
		});
	};
};

/** Recordings make nothing run, and `run --record` writes them. */
const hashOfInput = ({files}: FolderHash): string =>
	combineHashes([...files].filter(([file]) => !file.startsWith('recordings/')));

const requireTrust = async (open: OpenWorkshop, seen: FolderHash, trust: string | null): Promise<void> => {
	const trusted = createTrustedHashes(stateFolder());
	const agree = () => {
		const problem = trusted.add(seen.hash, open.folder);
		if (problem) printMessage(problem);
	};
	if (trust === seen.hash) return agree();
	if (trust !== null)
		throw new UserError(
			`The hash of ${open.folder} is ${seen.hash}, not the one you trust.`,
			untrustedAdvice(open),
		);
	if (trusted.has(seen.hash)) return;
	if (!process.stdin.isTTY) {
		throw new UserError(
			`The workshop in ${open.folder} does not come with this program, and there is no terminal to ask on. Its hash is ${seen.hash}.`,
			untrustedAdvice(open),
		);
	}
	const answer = await createTerminalPrompt(false)(createTrustQuestion(open, seen));
	if (answer === 'yes') return agree();
	throw new UserError('You do not trust this workshop, so nothing was run.', {exitCode: 2});
};

const untrustedAdvice = ({folder}: OpenWorkshop) => ({
	next: `see what it would run with \`multistage-workshop list ${quotePath(folder)}\`; if you trust that, add \`--trust <hash>\``,
	exitCode: 2 as const,
});

/**
 * Consent on the screen; null for a workshop that is shipped. The folder is hashed anew before each run: files that have
 * changed since are not what was agreed to. While its author watches it, a change of the text alone is let through, as
 * nothing else is run by it; a changed command, context or solution is asked about again.
 */
export const createConsent = (
	open: OpenWorkshop,
	{trust, watched}: Pick<Options, 'trust'> & {watched: WatchedWorkshop | null},
): Consent | null => {
	if (open.shipped) return null;
	const trusted = createTrustedHashes(stateFolder());
	let agreed: {hash: string; runs: string} | null = null;
	return {
		pending() {
			try {
				const isSound = watched?.refresh().workshop !== null;
				const seen = hashFolder(open.folder);
				const {hash} = seen;
				const now = {hash, runs: hashOfRuns(open, seen)};
				if (trust === hash) trusted.add(hash, open.folder);
				if (trusted.has(hash) || (watched && agreed?.runs === now.runs)) {
					agreed = now;
					return null;
				}
				if (agreed && !watched) return {obstacle: changedMessage};
				if (!isSound) return {obstacle: brokenMessage};
				return {
					question: createTrustQuestion(open, seen),
					agree() {
						agreed = now;
						return trusted.add(hash, open.folder);
					},
				};
			} catch (error) {
				if (error instanceof UserError) return {obstacle: error.message};
				throw error;
			}
		},
	};
};

const changedMessage =
	'The files of this workshop have changed since it was opened, and nothing of them runs: leave, and open it again.';

const brokenMessage =
	'The files of this workshop can’t be read as they are now, so nothing of them runs: put them right first.';

/** A hash of what can be run: the steps without their text, and every file but the pages at the top. */
const hashOfRuns = ({workshop}: OpenWorkshop, {files}: FolderHash): string => {
	const steps = workshop.chapters.flatMap(chapter =>
		chapter.steps.map(({id, kind, builder, command, capture, edit, judge}) => ({
			id,
			kind,
			builder,
			command,
			capture,
			edit,
			judge,
		})),
	);
	const below = [...files].filter(([file]) => file.includes('/'));
	return createHash('sha256')
		.update(JSON.stringify([steps, below]))
		.digest('hex');
};

/** The question whether to trust a workshop. Enter, and every answer but `yes`, runs nothing. */
const createTrustQuestion = (open: OpenWorkshop, seen: FolderHash): Question => ({
	title: `“${open.workshop.title}” does not come with this program. Do you trust it?`,
	lines: [
		...describeWorkshopActions(open, seen),
		'Look into its files first. You are asked once, and again when any byte of the folder has changed.',
	],
	choices: [
		{key: 'n', label: 'only read, run nothing', answer: 'no'},
		{key: 'y', label: 'trust it', answer: 'yes'},
		{key: 'q', label: 'leave', answer: 'leave'},
	],
});

/** Every command that a workshop would run. */
export const listWorkshopCommands = ({workshop, folder}: OpenWorkshop): ListedCommands =>
	listCommands(workshop, challengeId => {
		const overlays = readAnswers(challengeId, folder).map(answer => answer.overlay);
		const isSolution = ({overlay}: {overlay: string}) => overlay.startsWith('solutions/');
		return {
			solution: overlays.find(isSolution) ?? null,
			attempts: overlays.filter(overlay => !isSolution(overlay)),
		};
	});

/**
 * What you need to know before you trust a workshop: its folder, its hash, all that it would run, and all that it would
 * write.
 */
export const describeWorkshopActions = (open: OpenWorkshop, {hash, files}: FolderHash): string[] => {
	const {commands, attempts, edits} = listWorkshopCommands(open);
	const {contexts} = open.workshop;
	const inContexts = [...files.keys()].filter(file => isInContext(file, contexts));
	const inAnswers = [...files.keys()].filter(
		file => /^(solutions|attempts)\//.test(file) && !runFile.test(file),
	);
	const named = new Set([...commands, ...attempts].flat().map(word => word.replace(/^(--file=|\.\/)/, '')));
	const isDockerfile = (file: string) => /dockerfile|containerfile/i.test(file) || named.has(file);
	const dockerfiles = [...inContexts, ...inAnswers].filter(isDockerfile);
	return [
		`folder: ${escapeDeceptive(open.folder)}`,
		`hash: ${hash}`,
		commands.length === 0
			? 'It runs no commands.'
			: 'It would run, on this machine and with your rights, each with exactly these arguments:',
		...commands.map(formatArgv),
		...(attempts.length === 0 ? [] : ['Only `multistage-workshop lint --engine` would run:']),
		...attempts.map(formatArgv),
		...(dockerfiles.length === 0
			? []
			: [`Builds run what its Dockerfiles say: ${formatFiles(dockerfiles)}.`]),
		...(contexts.length === 0
			? []
			: [`It copies ${formatFiles(contexts.map(context => `${context}/`))} into the lab folder.`]),
		...(inAnswers.length === 0 ? [] : [`Solutions and attempts put there: ${formatFiles(inAnswers)}.`]),
		...edits.map(
			({file, line}) =>
				`While a command runs, the file ${escapeDeceptive(file)} there has one more line: ${formatArgv([line])}`,
		),
	];
};

const runFile = /^(solutions\/[^/]+|attempts\/[^/]+\/[^/]+)\/run\.yaml$/;

const formatFiles = (names: string[]): string => names.map(escapeDeceptive).join(', ');

/**
 * An array of arguments, so that `sh -c "id > x"` is seen to have three. A backtick would end the span that it stands in.
 */
const formatArgv = (argv: string[]): string =>
	`\`[${argv.map(argument => escapeDeceptive(JSON.stringify(argument)).replaceAll('`', '\\u0060')).join(', ')}]\``;
