import { ProblemError } from '../problems/problem-error.ts'
import type { OrderStatus } from './order.ts'

/** What may follow. A cancelled order stays cancelled: whoever changes their mind places a new one. */
const followers: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PENDING: ['PROCESSING', 'COMPLETED', 'CANCELLED'],
  PROCESSING: ['PENDING', 'COMPLETED', 'CANCELLED'],
  COMPLETED: ['CANCELLED'],
  CANCELLED: [],
}

/** @throws ProblemError when an order cannot go from the one status to the other */
export function checkStatusChange(from: OrderStatus, to: OrderStatus): void {
  if (from === to || followers[from].includes(to)) return
  const allowed = followers[from].length === 0 ? 'it stays so' : `it can become ${followers[from].join(' or ')}`
  throw new ProblemError('STATUS_CHANGE_REFUSED', `An order that is ${from} cannot become ${to}: ${allowed}`)
}
