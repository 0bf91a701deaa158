/** Who may use a route. `vendor`: whoever has the vendor key, and no session. */
export type Access = 'anyone' | 'viewer' | 'marketer' | 'owner' | 'vendor'

const everyone = { logic: 'AND', conditions: [{ field: 'visitCount', operator: '>=', value: 0 }] }
const plan = { name: 'Plan', rules: everyone }
const person = { email: 'walker@mail.example', name: 'Walker' }
const items = [{ productName: 'Tea', quantity: 1, price: 1 }]

/** Every route, who may use it, and a body that it takes. A route without a row here fails the tests. */
export const accessTable: Readonly<Record<string, { readonly access: Access; readonly body?: unknown }>> = {
  'GET /health': { access: 'anyone' },
  'GET /ready': { access: 'anyone' },
  'POST /api/auth/register': { access: 'anyone', body: {} },
  'POST /api/auth/login': { access: 'anyone', body: {} },
  'GET /api/auth/me': { access: 'viewer' },
  'POST /api/auth/logout': { access: 'anyone' },
  'POST /api/auth/refresh': { access: 'viewer' },
  'POST /api/auth/change-password': { access: 'viewer', body: {} },
  'PUT /api/users/me': { access: 'viewer', body: {} },
  'GET /api/customers': { access: 'viewer' },
  'POST /api/customers': { access: 'marketer', body: person },
  'POST /api/customers/bulk': { access: 'marketer', body: { customers: [person] } },
  'GET /api/customers/:id': { access: 'viewer' },
  'PUT /api/customers/:id': { access: 'marketer', body: { ...person, email: 'other@mail.example' } },
  'DELETE /api/customers/:id': { access: 'marketer' },
  'GET /api/customers/:id/orders': { access: 'viewer' },
  'GET /api/customers/:id/communications': { access: 'viewer' },
  'GET /api/customers/:id/analytics': { access: 'viewer' },
  'GET /api/orders': { access: 'viewer' },
  'GET /api/orders/analytics/stats': { access: 'viewer' },
  'POST /api/orders': { access: 'marketer', body: { customerId: 'none', items, total: 1, status: 'PENDING' } },
  'POST /api/orders/bulk': { access: 'marketer', body: { orders: [{ customerId: 'none', total: 1 }] } },
  'GET /api/orders/:id': { access: 'viewer' },
  'PUT /api/orders/:id': { access: 'marketer', body: { customerId: 'none', items, total: 1, status: 'PENDING' } },
  'PATCH /api/orders/:id': { access: 'marketer', body: { status: 'CANCELLED' } },
  'DELETE /api/orders/:id': { access: 'marketer' },
  'GET /api/campaigns': { access: 'viewer' },
  'GET /api/campaigns/stats': { access: 'viewer' },
  'POST /api/campaigns/preview-audience': { access: 'viewer', body: { rules: everyone } },
  'POST /api/campaigns': { access: 'marketer', body: plan },
  'GET /api/campaigns/:id': { access: 'viewer' },
  'PUT /api/campaigns/:id': { access: 'marketer', body: plan },
  'DELETE /api/campaigns/:id': { access: 'marketer' },
  'POST /api/campaigns/:id/launch': { access: 'marketer', body: { message: 'Hello {name}' } },
  'POST /api/campaigns/:id/pause': { access: 'marketer' },
  'POST /api/campaigns/:id/resume': { access: 'marketer' },
  'POST /api/campaigns/:id/cancel': { access: 'marketer' },
  'POST /api/ai/nl-to-rules': { access: 'viewer', body: { prompt: 'everyone' } },
  'POST /api/ai/nl-to-rules-public': { access: 'viewer', body: { prompt: 'everyone' } },
  'POST /api/vendor/delivery-receipt': { access: 'vendor', body: { messageId: 'none', status: 'DELIVERED' } },
  'GET /api/vendor/stats': { access: 'viewer' },
  'GET /api/vendor/rates': { access: 'owner' },
  'PUT /api/vendor/rates': { access: 'owner', body: {} },
  'POST /api/vendor/send-message': {
    access: 'vendor',
    body: { messageId: 'none', customerId: 'none', message: 'Hello' },
  },
  'GET /api/vendor/simulated-ledger': { access: 'viewer' },
}
