-- Five lines of different products.
function basket()
  local lines, start = {}, math.random(0, products - 1)
  for i = 0, 4 do
    local number = mode == "hot" and i or (start + i * 31) % products
    lines[#lines + 1] = '{"barcode":"' .. barcode(number) .. '","quantity":"1"}'
  end
  return "[" .. table.concat(lines, ",") .. "]"
end

function sale()
  return '{"id":"' .. uuid7() .. '","store":"B1","register":"A","lines":' .. basket() .. ',"payments":[{"method":"cash"}]}'
end
