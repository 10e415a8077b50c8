/**
 * An error that the learner can fix, or that an outside tool caused (`tool`). `said`: what is wrong, in one sentence;
 * or that sentence with `next`. `next`: what to run or do; null if there is nothing. `exitCode`, as in the command-line
 * contract: 2 for wrong usage, 3 for a problem with the environment.
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
