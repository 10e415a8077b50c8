import type {Progress} from '../../../source/session/passed-steps.js';
import type {ProgressStore} from '../../../source/session/ports.js';

export type FakeProgress = {
	/** Another copy of the program opens it. The first one that loads it may save it. */
	open(): ProgressStore;
	/** What the next start would find. */
	kept(): Progress | null;
	/** From now on saving fails for this reason. */
	breakWith(problem: string): void;
};

/** The progress of one workshop, in memory. */
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
