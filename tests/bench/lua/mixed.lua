-- A day: 70 % scans, 10 % quotes, 15 % sales, 5 % lists.
dofile("common.lua")
dofile("basket.lua")
function request()
  local id, dice = org(), math.random(1, 100)
  if dice <= 70 then
    return wrk.format("GET", "/api/v1/scan?store=B1&code=" .. barcode(math.random(0, products - 1)), headers_of(id))
  elseif dice <= 80 then
    return wrk.format("POST", "/api/v1/bills/quote", headers_of(id), '{"store":"B1","lines":' .. basket() .. "}")
  elseif dice <= 95 then
    return wrk.format("POST", "/api/v1/bills", headers_of(id), sale())
  end
  return wrk.format("GET", "/api/v1/bills?limit=50", headers_of(id))
end
