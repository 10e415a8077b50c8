import {createHash} from 'node:crypto';
import process from 'node:process';
import {readAnswers} from '../app/answers.js';
import type {WatchedWorkshop} from '../app/authoring.js';
import type {OpenWorkshop} from '../app/open-workshop.js';
import {printMessage} from '../app/output.js';
import {createTerminalPrompt} from '../app/prompt.js';
import {messages} from '../messages/index.js';
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
 * Called before a command without a screen runs anything of a workshop. Resolves if it is shipped or trusted, also by
 * `--trust`, or if the learner agrees on the terminal; otherwise rejects with a `UserError`. `--yes` is no consent: it
 * is given without a look at the workshop. The function it resolves with is called before each command, and throws a
 * `UserError` if the files have changed.
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
		throw new UserError(messages.commands.trust.changed(open.folder), {
			next: messages.commands.trust.lookAgain(quotePath(open.folder)),
		});
	};
};

/** The hash of all files except recordings, which run nothing and which `run --record` writes. */
const hashOfInput = ({files}: FolderHash): string =>
	combineHashes([...files].filter(([file]) => !file.startsWith('recordings/')));

const requireTrust = async (open: OpenWorkshop, seen: FolderHash, trust: string | null): Promise<void> => {
	const {otherHash, noTerminal, refused} = messages.commands.trust;
	const trusted = createTrustedHashes(stateFolder());
	const agree = () => {
		const problem = trusted.add(seen.hash, open.folder);
		if (problem) printMessage(problem);
	};
	if (trust === seen.hash) return agree();
	if (trust !== null) throw new UserError(otherHash(open.folder, seen.hash), untrustedAdvice(open));
	if (trusted.has(seen.hash)) return;
	if (!process.stdin.isTTY) throw new UserError(noTerminal(open.folder, seen.hash), untrustedAdvice(open));
	const answer = await createTerminalPrompt(false)(createTrustQuestion(open, seen));
	if (answer === 'yes') return agree();
	throw new UserError(refused, {exitCode: 2});
};

const untrustedAdvice = ({folder}: OpenWorkshop) => ({
	next: messages.commands.trust.howToTrust(quotePath(folder)),
	exitCode: 2 as const,
});

/**
 * Consent for a session; null for a shipped workshop. The folder is hashed again before each run, as consent does not
 * cover changed files. While the author watches the workshop, changed text needs no new consent; changed commands,
 * contexts and solutions do.
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
				if (agreed && !watched) return {obstacle: messages.commands.trust.changedOnScreen};
				if (!isSound) return {obstacle: messages.commands.trust.unreadable};
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

/** The hash of everything that can run: the steps without their text, and all files in subfolders. */
const hashOfRuns = ({workshop}: OpenWorkshop, {files}: FolderHash): string => {
	const steps = workshop.chapters.flatMap(chapter =>
		chapter.steps.map(step => [
			...[step.id, step.kind, step.builder, step.command, step.capture, step.edit, step.judge, step.setup],
			step.patches,
		]),
	);
	const below = [...files].filter(([file]) => file.includes('/'));
	return createHash('sha256')
		.update(JSON.stringify([steps, below]))
		.digest('hex');
};

/** The question whether to trust a workshop. Enter, like any answer but `yes`, runs nothing. */
const createTrustQuestion = (open: OpenWorkshop, seen: FolderHash): Question => {
	const {title, lookFirst, yes, no} = messages.commands.trust;
	return {
		title: title(open.workshop.title),
		lines: [...describeWorkshopActions(open, seen), lookFirst],
		choices: [
			{key: 'n', label: no, answer: 'no'},
			{key: 'y', label: yes, answer: 'yes'},
			{key: 'q', label: messages.session.leaving.yes, answer: 'leave'},
		],
	};
};

/** All commands that a workshop would run. */
export const listWorkshopCommands = ({workshop, folder}: OpenWorkshop): ListedCommands =>
	listCommands(workshop, challengeId => {
		const overlays = readAnswers(challengeId, folder).map(answer => answer.overlay);
		const isSolution = ({overlay}: {overlay: string}) => overlay.startsWith('solutions/');
		return {
			solution: overlays.find(isSolution) ?? null,
			attempts: overlays.filter(overlay => !isSolution(overlay)),
		};
	});

/** What to know before trusting a workshop: its folder, its hash, and everything that it would run or write. */
export const describeWorkshopActions = (open: OpenWorkshop, {hash, files}: FolderHash): string[] => {
	const {commands, attempts, edits, patched} = listWorkshopCommands(open);
	const {contexts} = open.workshop;
	const say = messages.commands.list;
	const inContexts = [...files.keys()].filter(file => isInContext(file, contexts));
	const inAnswers = [...files.keys()].filter(
		file => /^(solutions|attempts|broken)\//.test(file) && !runFile.test(file),
	);
	const named = new Set([...commands, ...attempts].flat().map(word => word.replace(/^(--file=|\.\/)/, '')));
	const isDockerfile = (file: string) => /dockerfile|containerfile/i.test(file) || named.has(file);
	const dockerfiles = [...inContexts, ...inAnswers].filter(isDockerfile);
	return [
		say.folder(escapeDeceptive(open.folder)),
		say.hash(hash),
		commands.length === 0 ? say.noCommands : say.commands,
		...commands.map(formatArgv),
		...(attempts.length === 0 ? [] : [say.commandsOfProof]),
		...attempts.map(formatArgv),
		...(dockerfiles.length === 0 ? [] : [say.builds(formatFiles(dockerfiles))]),
		...(contexts.length === 0 ? [] : [say.copies(formatFiles(contexts.map(context => `${context}/`)))]),
		...(inAnswers.length === 0 ? [] : [say.answers(formatFiles(inAnswers))]),
		...edits.map(({file, line, replace = '', with: by = ''}) =>
			line === undefined
				? say.replaces(escapeDeceptive(file), formatArgv([replace, by]))
				: say.edits(escapeDeceptive(file), formatArgv([line])),
		),
		...(patched.length === 0 ? [] : [say.patches(formatFiles(patched))]),
	];
};

const runFile = /^(solutions\/[^/]+|attempts\/[^/]+\/[^/]+)\/run\.yaml$/;

const formatFiles = (names: string[]): string => names.map(escapeDeceptive).join(', ');

/** Formats arguments as an array, to show that `sh -c "id > x"` has three. A backtick would end the code span. */
const formatArgv = (argv: string[]): string =>
	`\`[${argv.map(argument => escapeDeceptive(JSON.stringify(argument)).replaceAll('`', '\\u0060')).join(', ')}]\``;
