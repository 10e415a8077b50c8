import type {Judgement} from './finding.js';
import {builder, buildkit, legacyBuilder} from './findings/builders.js';
import {names, ports} from './findings/conflicts.js';
import {disk} from './findings/disk.js';
import {engine, permission} from './findings/engine.js';
import {images} from './findings/images.js';
import {curl, dockerCli, node} from './findings/programs.js';
import {terminal} from './findings/terminal.js';

/** Everything that the doctor looks at, in the order in which it is shown. */
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

/** One thing that the doctor looked at. */
export type DoctorFinding = Judgement & {id: DoctorId};

/** What a finding is called where people read it: one that passed and still has something to do next is a warning. */
export const findingStatus = ({verdict, next}: Judgement): Judgement['verdict'] | 'warning' =>
	verdict === 'passed' && next !== null ? 'warning' : verdict;

export const blocksWorkshop = ({id, verdict}: DoctorFinding): boolean =>
	verdict === 'failed' || (verdict === 'unknown' && !findings.some(one => one.id === id && one.isOptional));
