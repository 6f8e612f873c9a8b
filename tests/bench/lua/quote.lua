dofile("common.lua")
dofile("basket.lua")
function request()
  return wrk.format("POST", "/api/v1/bills/quote", headers_of(org()), '{"store":"B1","lines":' .. basket() .. "}")
end
