import {
	type FindingGroup,
	type HelpRow,
	type Room,
	selectFindings,
	selectHelp,
	selectIsBeforeStart,
	selectReadiness,
	selectReport,
} from '../../classroom/select-board.js';
import {Actions} from './actions.js';
import {Bars} from './bars.js';
import {Panel, placeTextOf, SeatLink, Sentence, ShortList} from './parts.js';
import {usePerform} from './perform.js';
import {Seats} from './seats.js';
import {words} from './words.js';

/** Rows that are seen at first, so that the whole room is seen without scrolling. */
const most = {findings: 4, names: 4, help: 8};

/** The room: what is wrong at how many seats, who needs help, where everybody is. */
export const RoomView = ({room}: {room: Room}) => (
	<>
		<h1 class="hidden">{words.page.views.room}</h1>
		<div class="room">
			<div>
				<Findings room={room} />
				<Bars room={room} hasActions />
			</div>
			<div>
				<Help room={room} />
				<Actions room={room} />
			</div>
			{selectIsBeforeStart(room) && <ReadinessPanel room={room} />}
			<Seats room={room} />
		</div>
	</>
);

const Findings = ({room}: {room: Room}) => {
	const groups = selectFindings(room);
	const say = words.findings;
	return (
		<Panel id="findings" heading={say.heading} count={groups.length}>
			{groups.length === 0 && <p class="calm">{say.none}</p>}
			<ShortList
				class="findings"
				most={most.findings}
				rows={groups.map(group => <Finding key={group.key} group={group} now={room.now} />)}
			/>
		</Panel>
	);
};

const Finding = ({group, now}: {group: FindingGroup; now: number}) => {
	const {finding, place, seats, since, release, released} = group;
	const perform = usePerform();
	const say = words.findings;
	const names = seats.slice(0, most.names).map(({name}) => name);
	return (
		<li>
			<h3>
				<span class="times">{words.times(seats.length)}</span> <span class="finding">{finding}</span>
			</h3>
			{release && (
				<button type="button" onClick={() => perform(release.action)}>
					{release.text === null ? say.releaseSolution : say.releaseHint}
					<span class="hidden">{words.about(finding)}</span>
				</button>
			)}
			<p class="where">
				{place.chapterNumber} · {place.step.title}, {words.since(now - since)}
			</p>
			<p class="who">{say.who(names, seats.length - names.length)}</p>
			<p class="hint">
				{release?.text ? (
					<>
						<b>{say.hint}</b> <Sentence>{release.text}</Sentence>
					</>
				) : release ? (
					say.solutionNext
				) : released.length > 0 ? (
					say.allReleased
				) : (
					say.noHints
				)}
			</p>
			{released.length > 0 && <p class="given">{givenText(released)}</p>}
		</li>
	);
};

const givenText = (released: FindingGroup['released']): string => {
	const say = words.findings;
	const hints = released.filter(text => text !== null).length;
	return [
		...(hints > 0 ? [say.released(hints)] : []),
		...(released.includes(null) ? [say.solutionReleased] : []),
	].join(', ');
};

const Help = ({room}: {room: Room}) => {
	const rows = selectHelp(room);
	const say = words.help;
	return (
		<Panel id="help" heading={say.heading} count={rows.length}>
			{rows.length === 0 && <p class="calm">{say.none}</p>}
			<ShortList
				class="help"
				most={most.help}
				rows={rows.map(row => <HelpItem key={row.seat.id} row={row} room={room} />)}
			/>
		</Panel>
	);
};

const HelpItem = ({row: {seat, why, since}, room}: {row: HelpRow; room: Room}) => {
	const perform = usePerform();
	const say = words.help;
	const finding = selectReport(seat)?.finding ?? null;
	return (
		<li class={why}>
			<span class={`why ${why}`}>{say.why[why]}</span>
			<SeatLink seat={seat} />
			{why === 'hand' && (
				<button type="button" onClick={() => perform({action: 'lower-hand', seat: seat.id})}>
					{say.lowerHand}
					<span class="hidden">{words.about(seat.name)}</span>
				</button>
			)}
			<span class="where">
				{placeTextOf(room, seat)}, {words.since(room.now - since)}
				{finding !== null && <span class="finding"> {finding}</span>}
			</span>
		</li>
	);
};

const ReadinessPanel = ({room}: {room: Room}) => {
	const {ready, unexamined, problems} = selectReadiness(room);
	const say = words.readiness;
	return (
		<Panel id="readiness" heading={say.heading}>
			<p>
				{say.ready(ready, room.seats.size)} {unexamined > 0 && say.unexamined(unexamined)}
			</p>
			{problems.length > 0 && (
				<table>
					<thead>
						<tr>
							<th scope="col">
								<Sentence>{say.columns.finding}</Sentence>
							</th>
							<th scope="col">{say.columns.count}</th>
							<th scope="col">{say.columns.who}</th>
						</tr>
					</thead>
					<tbody>
						{problems.map(({id, verdict, seats}) => (
							<tr key={`${verdict} ${id}`}>
								<th scope="row">
									<span class="finding">{id}</span> <span class={verdict}>{say.verdicts[verdict]}</span>
								</th>
								<td class="number">{words.count(seats.length)}</td>
								<td>
									{words.findings.who(
										seats.slice(0, 6).map(({name}) => name),
										Math.max(0, seats.length - 6),
									)}
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</Panel>
	);
};
