dofile("common.lua")
function request()
  local id = org()
  return wrk.format("GET", "/api/v1/scan?store=B1&code=" .. barcode(math.random(0, products - 1)), headers_of(id))
end
