/** What the learner sees while the terminal belongs to a command. */
export type HandoverOptions = {
	/** Printed before it begins; null: nothing. */
	heading: string | null;
	/** Whether what it leaves on the terminal stays until enter is pressed. */
	waits: boolean;
	/** Aborted: nobody waits any more. */
	signal: AbortSignal;
};

/** Hands the terminal over to a command that needs it for itself, and takes it back when that has ended. */
export type TerminalHandover = {
	handOver<Result>(handoverOptions: HandoverOptions, use: () => Promise<Result>): Promise<Result>;
	/** Whether a command has it now: then what is pressed is not for us. */
	isHandedOver(): boolean;
	/** Tells how whoever draws on the terminal lets go of it while `use` goes on. Returns its undo. */
	onHandover(
		letGo: (handoverOptions: HandoverOptions, use: () => Promise<void>) => Promise<void>,
	): () => void;
};

/** `keepSettings`: puts the terminal's settings back after `use`, whatever that did to them. */
export const createTerminalHandover = (
	keepSettings: <Result>(use: () => Promise<Result>) => Promise<Result> = use => use(),
): TerminalHandover => {
	let letGo: ((handoverOptions: HandoverOptions, use: () => Promise<void>) => Promise<void>) | null = null;
	let lent = false;
	return {
		isHandedOver: () => lent,
		onHandover(how) {
			letGo = how;
			return () => {
				letGo = null;
			};
		},
		async handOver(handoverOptions, use) {
			if (!letGo) return use();
			lent = true;
			const results: Array<Awaited<ReturnType<typeof use>>> = [];
			try {
				await letGo(handoverOptions, async () => {
					results.push(await keepSettings(use));
				});
			} finally {
				lent = false;
			}
			const [result] = results;
			if (result === undefined) throw new Error('The terminal was lent, and nothing used it.');
			return result;
		},
	};
};
