import {Component} from 'preact';
import {useState} from 'preact/hooks';
import type {Seat} from '../../classroom/room.js';
import {type Room, selectReport, selectSeats} from '../../classroom/select-board.js';
import {Panel, placeTextOf, SeatLink} from './parts.js';
import {words} from './words.js';

/** All seats, by name. */
export const Seats = ({room}: {room: Room}) => {
	const [wanted, setWanted] = useState('');
	const say = words.seats;
	const seats = selectSeats(room);
	const shown = seats.filter(({name}) => name.toLowerCase().includes(wanted.trim().toLowerCase()));
	const {columns} = say;
	return (
		<Panel id="seats" heading={say.heading} count={seats.length}>
			{seats.length > 0 && (
				<label class="filter">
					{say.filter}
					<input type="search" value={wanted} onInput={({currentTarget}) => setWanted(currentTarget.value)} />
				</label>
			)}
			{shown.length === 0 ? (
				<p class="calm">{seats.length === 0 ? say.none : say.noneFound}</p>
			) : (
				<table class="seats">
					<thead>
						<tr>
							<th scope="col">{columns.name}</th>
							<th scope="col">{columns.place}</th>
							<th scope="col">{columns.verdict}</th>
							<th scope="col" class="number extra">
								{columns.attempts}
							</th>
							<th scope="col" class="number extra">
								{columns.since}
							</th>
						</tr>
					</thead>
					<tbody>
						{shown.map(seat => (
							<SeatRow
								key={seat.id}
								seat={seat}
								place={placeTextOf(room, seat)}
								unchanged={words.duration(room.now - seat.changedAt)}
							/>
						))}
					</tbody>
				</table>
			)}
		</Panel>
	);
};

type SeatRowProps = {seat: Seat; place: string; unchanged: string};

/** Most seats are as they were before: those cost nothing. */
class SeatRow extends Component<SeatRowProps> {
	override shouldComponentUpdate({seat, place, unchanged}: SeatRowProps) {
		return seat !== this.props.seat || place !== this.props.place || unchanged !== this.props.unchanged;
	}

	override render({seat, place, unchanged}: SeatRowProps) {
		const report = selectReport(seat);
		const verdict = report?.verdict ?? 'open';
		return (
			<tr>
				<th scope="row">
					<SeatLink seat={seat} /> <Marks seat={seat} />
				</th>
				<td>{place}</td>
				<td>
					{report && <span class={verdict}>{words.seats.verdicts[verdict]}</span>}{' '}
					{report?.finding && <span class="finding">{report.finding}</span>}
				</td>
				<td class="number extra">{report ? words.count(report.attempts) : ''}</td>
				<td class="number extra">{unchanged}</td>
			</tr>
		);
	}
}

/** What is special about a seat. */
export const Marks = ({seat: {handSince, presence, state}}: {seat: Seat}) => {
	const marks = [
		...(handSince === null ? [] : (['hand'] as const)),
		...(presence === 'here' ? [] : [presence]),
		...(state?.mode === 'recorded' ? (['recorded'] as const) : []),
		...(state?.handedIn ? (['handedIn'] as const) : []),
	];
	return (
		<>
			{marks.map(mark => (
				<span key={mark} class={`mark ${mark}`}>
					{words.seats.marks[mark]}
				</span>
			))}
		</>
	);
};
