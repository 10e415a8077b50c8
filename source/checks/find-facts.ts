import {isSameImageName} from '../text/image-name.js';
import type {ContainerFact, Fact, FileFact, ImageFact, RunFact} from './model.js';

type FactByKind = {[Kind in Fact['fact']]: Extract<Fact, {fact: Kind}>};

/** All facts of one kind, in order. */
export const factsOf = <Kind extends Fact['fact']>(facts: Fact[], kind: Kind): Array<FactByKind[Kind]> =>
	facts.filter((fact): fact is FactByKind[Kind] => fact.fact === kind);

/** How the step's command ended, null when it has not run. */
export const findRun = (facts: Fact[]): RunFact | null => factsOf(facts, 'run').at(-1) ?? null;

export const findFile = (facts: Fact[], path: string): FileFact | null =>
	factsOf(facts, 'file').find(file => file.path === path) ?? null;

export const findImage = (facts: Fact[], name: string): ImageFact | null =>
	factsOf(facts, 'image').find(({tags}) => tags.some(tag => isSameImageName(tag, name))) ?? null;

export const findContainer = (facts: Fact[], name: string): ContainerFact | null =>
	factsOf(facts, 'container').find(container => container.name === name) ?? null;

/** Whether an ID is the one that the ledger knows: builders print the first 12 digits of some. */
export const isSameId = (id: string, known: string): boolean =>
	known.length > 0 && bareId(id).startsWith(bareId(known));

/** Whether an image has all layers of another at its bottom. */
export const isBuiltOn = (image: ImageFact, base: ImageFact): boolean =>
	base.layers.length > 0 && base.layers.every((layer, index) => image.layers[index] === layer);

const bareId = (id: string): string => id.replace(/^sha256:/, '');
