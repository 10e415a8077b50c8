/** What the learner sees while the terminal belongs to a command. */
export type HandoverOptions = {
	/** Printed before it begins; null: nothing. */
	heading: string | null;
	/** Whether what it leaves on the terminal stays until enter is pressed. */
	waits: boolean;
	/** Aborted: the command no longer matters. */
	signal: AbortSignal;
};

/** Hands the terminal over to a command that needs it for itself, and takes it back when that has ended. */
export type TerminalHandover = {
	handOver<Result>(handoverOptions: HandoverOptions, use: () => Promise<Result>): Promise<Result>;
	/** Whether a command has the terminal now: then keys are meant for it. */
	isHandedOver(): boolean;
	/** Registers how the screen releases the terminal while `use` runs. Returns a function that undoes it. */
	onHandover(release: Release): () => void;
};

type Release = (handoverOptions: HandoverOptions, use: () => Promise<void>) => Promise<void>;

/** `keepSettings`: puts the terminal's settings back after `use`, whatever that did to them. */
export const createTerminalHandover = (
	keepSettings: <Result>(use: () => Promise<Result>) => Promise<Result> = use => use(),
): TerminalHandover => {
	let release: Release | null = null;
	let isTaken = false;
	return {
		isHandedOver: () => isTaken,
		onHandover(releaseTerminal) {
			release = releaseTerminal;
			return () => {
				release = null;
			};
		},
		async handOver(handoverOptions, use) {
			if (!release) return use();
			isTaken = true;
			let result: Awaited<ReturnType<typeof use>> | undefined;
			try {
				await release(handoverOptions, async () => {
					result = await keepSettings(use);
				});
			} finally {
				isTaken = false;
			}
			return result as Awaited<ReturnType<typeof use>>;
		},
	};
};
