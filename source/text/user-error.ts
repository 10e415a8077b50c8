/**
 * Something the learner or an outside tool can put right. `message`: what is wrong, one sentence. `next`: what to
 * run or do, null when there is nothing. `exitCode` as in the command-line contract: 2 wrong usage, 3 the
 * environment is at fault.
 */
export class UserError extends Error {
	override name = 'UserError';
	readonly kind: 'fixable' | 'tool';
	readonly next: string | null;
	readonly exitCode: 2 | 3;

	constructor(
		message: string,
		{
			next = null,
			kind = 'fixable',
			exitCode = 3,
			cause,
		}: {next?: string | null; kind?: 'fixable' | 'tool'; exitCode?: 2 | 3; cause?: unknown} = {},
	) {
		super(message, {cause});
		this.kind = kind;
		this.next = next;
		this.exitCode = exitCode;
	}
}
