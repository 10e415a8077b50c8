/**
 * Something the learner or an outside tool can put right. `said`: what is wrong, one sentence, with what to run or do
 * next, which can stand in `next` as well; null when there is nothing. `exitCode` as in the command-line contract: 2 wrong
 * usage, 3 the environment is at fault.
 */
export class UserError extends Error {
	override name = 'UserError';
	readonly kind: 'fixable' | 'tool';
	readonly next: string | null;
	readonly exitCode: 2 | 3;

	constructor(
		said: string | {reason: string; next: string | null},
		{
			next = typeof said === 'string' ? null : said.next,
			kind = 'fixable',
			exitCode = 3,
			cause,
		}: {next?: string | null; kind?: 'fixable' | 'tool'; exitCode?: 2 | 3; cause?: unknown} = {},
	) {
		super(typeof said === 'string' ? said : said.reason, {cause});
		this.kind = kind;
		this.next = next;
		this.exitCode = exitCode;
	}
}
