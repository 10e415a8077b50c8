import type {Before, Engine, LabFolder, Making} from '../ports.js';

/** Looks once more at what `before` holds. Rejects when the engine does not answer. */
export const lookAfter = async (
	before: Before,
	{files}: Making,
	{engine, lab}: {engine: Pick<Engine, 'images' | 'things'>; lab: Pick<LabFolder, 'printsOf'>},
): Promise<Before> => ({
	images: before.images && (await engine.images()),
	things: before.things && (await engine.things()),
	files: lab.printsOf(files),
});
