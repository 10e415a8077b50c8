import type {Judgement} from './finding.js';
import {builder, buildkit, legacyBuilder} from './findings/builders.js';
import {names, ports} from './findings/conflicts.js';
import {disk} from './findings/disk.js';
import {engine, permission} from './findings/engine.js';
import {images} from './findings/images.js';
import {curl, dockerCli, node} from './findings/programs.js';
import {terminal} from './findings/terminal.js';

/** All findings, in the order in which they are shown. */
export const findings = [
	node,
	dockerCli,
	engine,
	permission,
	legacyBuilder,
	buildkit,
	builder,
	images,
	names,
	ports,
	curl,
	terminal,
	disk,
] as const;

export type DoctorId = (typeof findings)[number]['id'];

export const doctorIds: readonly DoctorId[] = findings.map(({id}) => id);

/** The judgement on one finding. */
export type DoctorFinding = Judgement & {id: DoctorId};

/** The status shown to people: a finding that passed but has a next step is a warning. */
export const findingStatus = ({verdict, next}: Judgement): Judgement['verdict'] | 'warning' =>
	verdict === 'passed' && next !== null ? 'warning' : verdict;

export const blocksWorkshop = ({id, verdict}: DoctorFinding): boolean =>
	verdict === 'failed' || (verdict === 'unknown' && !findings.some(one => one.id === id && one.isOptional));
