-- Modes: spread over all organizations; one: one store, one register; hot: one organization, the same five products.
dofile("common.lua")
dofile("basket.lua")
function request()
  local id = mode == "spread" and org() or first
  return wrk.format("POST", "/api/v1/bills", headers_of(id), sale())
end
