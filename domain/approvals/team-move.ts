/** Somebody who came into a team, left it, or has another role in it. */
export interface TeamMove {
  userId: string;
  from: string | null;
  to: string | null;
}
interface Assigned {
  role: string | null;
  assigneeIds: readonly string[];
  /** To whom approvers have handed the step. */
  handedTo: readonly string[];
}

/**
 * Who a step is for after the moves: not who lost its role, unless it was handed to them; and who has it now. Who else
 * it names by their own names stays.
 */
export function assigneesAfter(
  { role, assigneeIds, handedTo }: Assigned,
  moves: readonly TeamMove[],
): { assigneeIds: string[]; joined: string[]; left: string[] } {
  const moved = role === null ? [] : moves.filter(m => m.from !== m.to);
  const left = moved
    .filter(m => m.from === role && assigneeIds.includes(m.userId) && !handedTo.includes(m.userId))
    .map(m => m.userId);
  const joined = moved.filter(m => m.to === role && !assigneeIds.includes(m.userId)).map(m => m.userId);
  return { assigneeIds: [...assigneeIds.filter(id => !left.includes(id)), ...joined], joined, left };
}
