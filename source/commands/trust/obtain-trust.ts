import process from 'node:process';
import {combineHashes, type FolderHash, hashFolder} from '../../storage/hash-folder.js';
import {stateFolder} from '../../storage/state-folder.js';
import {createTrustedHashes} from '../../storage/trusted-hashes.js';
import {quotePath} from '../../text/quote-path.js';
import {UserError} from '../../text/user-error.js';
import {createTerminalAsker} from '../ask-terminal.js';
import type {OpenWorkshop} from '../open-workshop.js';
import type {Options} from '../options.js';
import {printMessage} from '../print.js';
import {trustLines} from './trust-lines.js';
import {trustQuestion} from './trust-question.js';

/**
 * Before a command without a screen runs anything of a workshop: passes when it is shipped or trusted, by `--trust`
 * too; asks where there is a terminal. `--yes` is no consent: it was given without looking. Rejects with a `UserError`.
 * Resolves with what has to be called before each command: it throws a `UserError` when the files are other ones by then.
 */
export const obtainTrust = async (
	open: OpenWorkshop,
	{trust}: Pick<Options, 'trust'>,
): Promise<() => void> => {
	if (open.shipped) return () => {};
	const seen = hashFolder(open.folder);
	await demandTrust(open, seen, trust);
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

const demandTrust = async (open: OpenWorkshop, seen: FolderHash, trust: string | null): Promise<void> => {
	const trusted = createTrustedHashes(stateFolder());
	const agree = () => {
		const problem = trusted.add(seen.hash, open.folder);
		if (problem) printMessage(problem);
	};
	if (trust === seen.hash) return agree();
	if (trust !== null)
		throw new UserError(`The hash of ${open.folder} is ${seen.hash}, not the one you trust.`, refused(open));
	if (trusted.has(seen.hash)) return;
	if (!process.stdin.isTTY) {
		throw new UserError(
			`The workshop in ${open.folder} does not come with this program, and there is no terminal to ask on. Its hash is ${seen.hash}.`,
			refused(open),
		);
	}
	const answer = await createTerminalAsker(false)(trustQuestion(open.workshop.title, trustLines(open, seen)));
	if (answer === 'yes') return agree();
	throw new UserError('You do not trust this workshop, so nothing was run.', {exitCode: 2});
};

const refused = ({folder}: OpenWorkshop) => ({
	next: `see what it would run with \`multistage-workshop list ${quotePath(folder)}\`; if you trust that, add \`--trust <hash>\``,
	exitCode: 2 as const,
});
