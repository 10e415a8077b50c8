import type {Progress} from '../../../source/session/passed-steps.js';
import type {ProgressStore} from '../../../source/session/ports.js';

export type FakeProgress = {
	/** Opens it in another copy of the program. Only the first that loads it can save it. */
	open(): ProgressStore;
	/** The progress that the next start would load. */
	kept(): Progress | null;
	/** Makes saving fail with this problem. */
	breakWith(problem: string): void;
};

/** Creates a store for one workshop's progress in memory. */
export const createFakeProgress = (first: Progress | null = null): FakeProgress => {
	let kept = structuredClone(first);
	let keeper: ProgressStore | null = null;
	let broken: string | null = null;
	return {
		kept: () => structuredClone(kept),
		breakWith(problem) {
			broken = problem;
		},
		open() {
			const store: ProgressStore = {
				load() {
					keeper ??= store;
					const readOnly = keeper !== store;
					return {
						progress: structuredClone(kept),
						problem: readOnly ? 'Another copy of this program has this workshop open.' : null,
						readOnly,
					};
				},
				save(progress) {
					if (keeper !== store) return null;
					if (broken !== null) return broken;
					kept = structuredClone(progress);
					return null;
				},
			};
			return store;
		},
	};
};
