import * as v from 'valibot';
import type {CheckKind, Declaration} from './kind.js';
import {container} from './kinds/container.js';
import {dockerfile} from './kinds/dockerfile.js';
import {exit} from './kinds/exit.js';
import {file} from './kinds/file.js';
import {image} from './kinds/image.js';
import {instructions} from './kinds/instructions.js';
import {network, volume} from './kinds/named-object.js';
import {stderr, stdout} from './kinds/output.js';
import {portChain} from './kinds/port-chain.js';
import {stages} from './kinds/stages.js';
import type {Fact} from './model.js';

/** Every kind of check, by its name in YAML. */
const kinds = {
	exit,
	stdout,
	file,
	image,
	stages,
	dockerfile,
	instructions,
	container,
	'port-chain': portChain,
	stderr,
	network,
	volume,
};

const writtenCheck = v.variant(
	'check',
	Object.values(kinds).map(({schema}) => schema),
);

/** A check that a workshop declares. */
export type CheckDeclaration = Declaration<(typeof kinds)[keyof typeof kinds]['schema']>;

/** The schema of a check as written in YAML. */
export const checkSchema = v.pipe(
	writtenCheck,
	v.transform(
		written =>
			Object.fromEntries(
				Object.entries(written).map(([key, value]) => [
					key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()),
					value,
				]),
			) as CheckDeclaration,
	),
);

export const findKind = ({check}: CheckDeclaration): CheckKind<v.GenericSchema, CheckDeclaration> =>
	kinds[check];

/** Whether a check judges the step's run, the state of the engine, or files of the lab folder. */
export const isAbout = (check: CheckDeclaration, subject: CheckKind<v.GenericSchema>['subject']): boolean =>
	findKind(check).subject === subject;

/** Whether any of the checks can give findings that it does not declare. */
export const haveOwnFindings = (checks: CheckDeclaration[]): boolean =>
	checks.some(check => findKind(check).hasOwnFindings);

/** Returns the names of the captured values that a check compares with. */
export const listCaptured = (check: CheckDeclaration): string[] => findKind(check).captured?.(check) ?? [];

/** Returns the facts that checks need from the lab folder. */
export const readLabFacts = (checks: CheckDeclaration[], read: (path: string) => string | null): Fact[] =>
	checks.flatMap(check => findKind(check).readLab?.(check, read) ?? []);

/** Returns the images whose containers must be probed on their published ports. */
export const listProbedImages = (checks: CheckDeclaration[]): string[] =>
	checks.flatMap(check => findKind(check).probedImage?.(check) ?? []);

/** Returns the names of the containers whose logs must be read. */
export const listLoggedContainers = (checks: CheckDeclaration[]): string[] =>
	checks.flatMap(check => findKind(check).loggedContainer?.(check) ?? []);

/** Whether any of the checks needs the names of networks and volumes. */
export const needObjects = (checks: CheckDeclaration[]): boolean =>
	checks.some(check => findKind(check).needsObjects);
