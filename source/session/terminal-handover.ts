/** How the terminal is handed over to a command. */
export type HandoverOptions = {
	/** Printed before the command starts; null for nothing. */
	heading: string | null;
	/** Whether the command's output stays until enter is pressed. */
	waits: boolean;
	/** Aborted if the command no longer matters. */
	signal: AbortSignal;
};

/** Hands the terminal over to a command that needs it, and takes it back when the command has ended. */
export type TerminalHandover = {
	handOver<Result>(handoverOptions: HandoverOptions, use: () => Promise<Result>): Promise<Result>;
	/** Whether a command has the terminal, so that keys are meant for it. */
	isHandedOver(): boolean;
	/** Registers the function that releases the terminal while `use` runs. Returns a function that undoes it. */
	onHandover(release: Release): () => void;
};

type Release = (handoverOptions: HandoverOptions, use: () => Promise<void>) => Promise<void>;

/** Creates a handover. `keepSettings` restores the terminal's settings after `use`. */
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
