import type {Builder} from '../build/model.js';

const words: Record<Builder, string> = {
	legacy: 'the legacy builder',
	buildkit: 'BuildKit',
	buildah: 'Buildah',
};

/** A builder as it is named within a sentence. */
export const builderWords = (builder: Builder): string => words[builder];

/** A builder as a sentence begins with it. */
export const builderAsSubject = (builder: Builder): string => {
	const named = builderWords(builder);
	return named.charAt(0).toUpperCase() + named.slice(1);
};
