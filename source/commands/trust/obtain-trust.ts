import process from 'node:process';
import {hashFolder} from '../../storage/hash-folder.js';
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
 */
export const obtainTrust = async (open: OpenWorkshop, {trust}: Pick<Options, 'trust'>): Promise<void> => {
	if (open.shipped) return;
	const seen = hashFolder(open.folder);
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
			`The workshop in ${open.folder} does not come with this program, and nobody is here to be asked. Its hash is ${seen.hash}.`,
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
